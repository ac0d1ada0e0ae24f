/** The page that shows all pictures of the folder. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileNameOf, pictureOf, SIZES, STATES, THEMES, wordsOf, type Picture } from './plan.ts';

/** The one that stands in the table as a picture; the others are links. */
const SHOWN = '1440x900';

/** Writes `README.md` of the pictures that are in the folder, whichever run took them. */
export async function writeIndex(folder: string): Promise<void> {
  const names = await readdir(folder);
  const pictures = names.map(pictureOf).filter((each) => each !== null);
  const screens = [...new Set(pictures.map(({ screen }) => screen))].toSorted();
  const parts = screens.map((screen) =>
    partOf(
      screen,
      pictures.filter((each) => each.screen === screen),
    ),
  );
  await writeFile(join(folder, 'README.md'), [HEAD, ...parts].join('\n'));
}

const HEAD = `# Screens

Every screen as it is, taken from the real window on the practice network by \`npm run screens\`: **full** is a desk after a
year of use, **empty** one without a vault, **failing** one whose node answers no call, **first** the very first start.
`;

function partOf(screen: string, pictures: readonly Picture[]): string {
  const others = [...new Set(pictures.map(({ size }) => size))].filter((size) => size !== SHOWN);
  const small = SIZES.map(wordsOf).filter((size) => others.includes(size));
  const odd = others.filter((size) => !small.includes(size)).toSorted();
  const links = [...small, ...odd];
  const cell = (picture: Omit<Picture, 'screen'>, asPicture: boolean): string => {
    const { state, size, theme } = picture;
    const found = pictures.some(
      (each) => each.state === state && each.size === size && each.theme === theme,
    );
    if (!found) return '';
    const file = fileNameOf({ screen, ...picture });
    return asPicture ? `![${screen}, ${state}, ${theme}](${file})` : `[${size}](${file})`;
  };
  const rows = STATES.flatMap((state) =>
    THEMES.filter((theme) =>
      pictures.some((each) => each.state === state && each.theme === theme),
    ).map((theme) => {
      const linked = links.map((size) => cell({ state, size, theme }, false)).filter(Boolean);
      const shown = cell({ state, size: SHOWN, theme }, true);
      return `| ${state} | ${theme} | ${shown} | ${linked.join('<br>')} |`;
    }),
  );
  return [`## ${screen}\n`, `| | | ${SHOWN} | |`, '|---|---|---|---|', ...rows, ''].join('\n');
}
