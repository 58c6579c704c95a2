import { onWorkbench } from '../support/workbench.ts';

const check = onWorkbench();

check('the workbench opens on the samples with the extension installed', async (workbench) => {
  await workbench.open();
  await workbench.page.keyboard.press('Control+Shift+X');
  await workbench.page.locator('.extensions-list .monaco-list-row', { hasText: 'Ceiling Lens' }).first().waitFor();
});
