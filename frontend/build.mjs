/**
 * Writes the libraries the pages use into src/main/resources/static/vendor, and what checks the models into src/test/resources/lint,
 * each with its licences. The same package-lock.json gives the same bytes every time.
 */
import { build } from 'esbuild';
import * as sass from 'sass';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(here, '../src/main/resources/static/vendor');
const lint = path.resolve(here, '../src/test/resources/lint');
process.chdir(here);
await rm(out, { recursive: true, force: true });
await rm(lint, { recursive: true, force: true });
await mkdir(path.join(out, 'images'), { recursive: true });

// Style sheets
const compiled = sass.compile('vendor.scss', {
  loadPaths: ['.', 'node_modules'],
  style: 'compressed',
  quietDeps: true,
  logger: sass.Logger.silent,
}).css
  // The footer's copyright logo is the royal crest: it may be used on gov.uk only.
  .replaceAll(/[a-z-]+:[^;{}]*govuk-crest[^;{}]*;?/g, '');
const images = [...new Set([...compiled.matchAll(/url\("?images\/([^")]+)"?\)/g)].map(match => match[1]))].sort();
if (/GDS Transport|@font-face|crest/i.test(compiled)) {
  throw new Error('The style sheet still names a font, crown or crest that may be used on gov.uk only');
}
await writeFile(path.join(out, 'vendor.css'), compiled + '\n');
for (const image of images) {
  await copyFile(`node_modules/@ministryofjustice/frontend/moj/assets/images/${image}`, path.join(out, 'images', image));
}

// Modules
const bundled = await build({
  entryPoints: ['vendor.js', 'diagram.js', 'diagram.css'],
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  charset: 'utf8',
  legalComments: 'none',
  external: ['data:*'],
  metafile: true,
  logLevel: 'warning',
});

await licences(out, bundled, ['govuk-frontend', '@ministryofjustice/frontend']);

// What checks the models, for Node
await licences(lint, await build({
  entryPoints: ['lint-models.js'],
  outdir: lint,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: ['node20'],
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
}));

/** The licences of every package that went in. */
async function licences(folder, { metafile }, others = []) {
  const packages = new Set(others);
  for (const input of Object.keys(metafile.inputs)) {
    const match = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (match) packages.add(match[1]);
  }
  const notices = [];
  for (const name of [...packages].sort()) {
    const from = path.join('node_modules', name);
    const { version } = JSON.parse(await readFile(path.join(from, 'package.json'), 'utf8'));
    const shipped = (await readdir(from)).find(file => /^licen[cs]e/i.test(file));
    // Two packages ship without the text of their licence: it stands in licences/.
    const text = await readFile(shipped ? path.join(from, shipped) : `licences/${name.replace('@', '').replace('/', '-')}.txt`, 'utf8');
    notices.push(`${name} ${version}\n${'-'.repeat(name.length + version.length + 1)}\n\n${text.replaceAll('\r', '').trim()}\n`);
  }
  await writeFile(path.join(folder, 'LICENCES.txt'),
    `The files in this folder are built from the packages below.\n\n${notices.join('\n\n')}`);
}
