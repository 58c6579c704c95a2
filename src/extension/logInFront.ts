import { TabInputCustom, TabInputText, type Uri, window } from 'vscode';

/** Files beyond 50 MB have no editor that extensions see, but they have a tab. */
export function logInFront(): Uri | null {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof TabInputText || input instanceof TabInputCustom) return input.uri;
  return window.activeTextEditor?.document.uri ?? null;
}
