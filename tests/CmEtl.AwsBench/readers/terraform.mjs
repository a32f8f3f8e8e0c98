// An independent reader of a Terraform template, with the types that were generated from the provider's own schema. Every resource must have an existing type, with
// the arguments that the type requires and no others. Writes the output of the compiler and ends with its exit code. One compiler for all templates, because it
// takes longer to read the types than to check a template.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const home = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const own = new Set(['variables', 'dimensions']); // Maps whose keys are names of the user's.
const numbers = new Set(['memory_size', 'timeout', 'retention_in_days']);
const lists = new Set(['subnet_ids', 'security_group_ids']);

// A variable that is not a string occurs in a string.
const value = (key, item) =>
  Array.isArray(item) ? item.map((i) => value(null, i))
  : item && typeof item === 'object' ? Object.fromEntries(Object.entries(item).map(([k, v]) => [own.has(key) ? k : camel(k), value(k, v)]))
  : numbers.has(key) && typeof item === 'string' ? 1 : lists.has(key) ? [item] : item;

const types = (name) => join(home, '../node_modules/@cdktf/provider-aws/lib', name.replace('data.', 'data_').replace(/^aws_/, '').replaceAll('_', '-'), 'index.d.ts');

function convert({ resource }) {
  const lines = [];
  let count = 0;
  const attributes = [...JSON.stringify(resource).matchAll(/\$\{((?:data\.)?aws_[a-z0-9_]+)\.[a-z_]+\.([a-z_]+)\}/g)];
  for (const [type, named] of Object.entries(resource)) {
    if (!existsSync(types(type))) throw new Error(`There is no resource ${type}.`);
    const config = /export interface (\w+Config) extends/.exec(readFileSync(types(type), 'utf8'))[1];
    for (const { depends_on, ...given } of Object.values(named)) {
      lines.push(`import { ${config} as C${++count} } from '@cdktf/provider-aws/lib/${type.replace(/^aws_/, '').replaceAll('_', '-')}/index.js';`);
      lines.push(`const r${count}: C${count} = ${JSON.stringify(value(null, given), null, 1)};`);
    }
  }
  for (const [, type, attribute] of attributes) {
    if (!readFileSync(types(type), 'utf8').includes(`get ${camel(attribute)}()`)) throw new Error(`${type} has no attribute ${attribute}.`);
  }
  return { text: lines.join('\n'), counts: { resources: count, attributes: attributes.length } };
}

const templates = process.argv.slice(2).map((file) => convert(JSON.parse(readFileSync(file))));
const folder = mkdtempSync(join(home, 'check-'));
const sources = templates.map(({ text }, i) => {
  const source = join(folder, `template${i}.ts`);
  writeFileSync(source, text);
  return source;
});
const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--target', 'es2022', '--lib', 'es2022'];
const compiler = spawnSync(process.execPath, [join(home, '../node_modules/typescript/bin/tsc'), ...options, ...sources], { encoding: 'utf8' });
rmSync(folder, { recursive: true });
process.stdout.write(compiler.status ? compiler.stdout : JSON.stringify(templates.map((t) => t.counts)));
process.exit(compiler.status);
