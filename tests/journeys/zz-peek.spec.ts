import { test } from '../support/fixtures';
import { LANGUAGE_STATES } from '../support/language-states';
import { ScreenReader } from '../support/screen-reader';
for (const name of ['sign-in', 'sign-in-errors', 'home', 'case', 'case-error', 'case-solution','list']) {
  const state = LANGUAGE_STATES.find((s) => s.name === name)!;
  test.describe(name, () => {
    test.use({ account: state.account });
    test('peek', async ({ page, as, watch }) => {
      await state.reach({ page, as, watch }, async () => {});
      const reader = await ScreenReader.on(page);
      const start = Date.now();
      console.log(name, (await reader.readAll()).join('\n'), Date.now() - start);
      console.log(await reader.headings());
    });
  });
}
