// ODK Web Forms: takes the whole state of a filled form, settles it by itself and tells what it made of it.
globalThis.__dirname = '/'; // its parser asks for it where there is no browser
import { answer, browser, load, stopClock } from './surroundings.mjs';

browser();
stopClock(process.env.ORACLE_MOMENT);
const silent = () => {};
console.log = console.warn = console.error = console.info = console.debug = silent;
const { loadForm } = await load('@getodk/xforms-engine');

function* nodes(node) {
  yield node;
  for (const child of node.currentState.children ?? []) yield* nodes(child);
}

function told(node) {
  const state = node.currentState;
  const one = { relevant: state.relevant, required: state.required };
  if (state.instanceValue !== undefined) one.calculate = state.instanceValue;
  if (node.validationState?.constraint) one.constraint = node.validationState.constraint.valid;
  if (node.nodeType === 'select') one.choices = state.valueOptions.map((option) => option.value);
  return one;
}

await answer(async (form) => {
  const loaded = await loadForm(form.xform, { missingResourceBehavior: 'BLANK' });
  if (loaded.status === 'failure') throw loaded.error;
  const states = [];
  for (const state of form.states) {
    const filled = await loaded.editInstance({
      inputType: 'FORM_INSTANCE_INPUT_RESOLVABLE',
      resolveInstance: () => state.instance,
      attachments: new Map(),
    });
    const found = {};
    for (const node of nodes(filled.root)) {
      found[node.currentState.reference] = told(node);
    }
    states.push(found);
  }
  return { states };
});
