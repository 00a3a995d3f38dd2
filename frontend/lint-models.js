/**
 * node lint-models.cjs FILE.bpmn … prints what bpmnlint's recommended rules and those for Camunda 7.24 find, a line each, and fails when one is an error.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import camunda from 'camunda-bpmn-moddle/resources/camunda.json';
import { Linter } from 'bpmnlint';
import recommended from 'bpmnlint/config/recommended.js';
import timeToLive from 'bpmnlint-plugin-camunda-compat/rules/camunda-platform/history-time-to-live.js';

const config = {
  rules: { ...recommended.rules, 'time-to-live': ['error', { platform: 'camunda-platform', version: '7.24' }] },
};
const resolver = {
  resolveRule: (pkg, name) => name === 'time-to-live' ? timeToLive : require(`./node_modules/bpmnlint/rules/${name}.js`),
};

(async () => {
  for (const file of process.argv.slice(2)) {
    const { rootElement } = await new BpmnModdle({ camunda }).fromXML(readFileSync(file, 'utf8'));
    // A linter of its own for each file: some rules remember the ids they have seen.
    const found = await new Linter({ config, resolver }).lint(rootElement);
    for (const [rule, reports] of Object.entries(found)) {
      for (const { category, id, message } of reports) {
        console.log(`${category}: ${path.basename(file)} ${id}: ${message} (${rule})`);
        process.exitCode = category === 'error' || category === 'rule-error' ? 1 : process.exitCode;
      }
    }
  }
})();
