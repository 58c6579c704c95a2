import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { LanguageServer } from './languageServer.ts';

new LanguageServer().listen(createConnection(ProposedFeatures.all));
