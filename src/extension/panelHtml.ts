import { randomBytes } from 'node:crypto';
import { l10n, Uri, type Webview } from 'vscode';

/** The folder that a panel may load from, and nothing else. */
export const pageFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist');

/** The frame of the page: our one script and our one style sheet. What it shows comes by message. */
export function panelHtml(webview: Webview, extension: Uri): string {
  const nonce = randomBytes(18).toString('base64');
  const address = (file: string) => webview.asWebviewUri(Uri.joinPath(pageFolder(extension), file));
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${address('panel.css')}">
  <title>Ceiling Lens</title>
</head>
<body data-strings="${attribute(JSON.stringify(l10n.bundle ?? {}))}">
  <script nonce="${nonce}" src="${address('panel.js')}"></script>
</body>
</html>`;
}

/** Text as an attribute's value: translations are anybody's. */
const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
