// Enketo's evaluator: one expression at a time on the state that ours stands in. What Enketo puts around its evaluator
// (instance(), current(), indexed-repeat()) is written out here as the paths that it stands for.
import { answer, browser, require, stopClock } from './surroundings.mjs';

const window = browser();
stopClock(process.env.ORACLE_MOMENT);
window.enketoFormLocale = 'en';
// Browsers let the type of the result be left out, jsdom does not.
const typed = window.XPathExpression.prototype.evaluate;
window.XPathExpression.prototype.evaluate = function (node, type = 0, result = null) {
  return typed.call(this, node, type, result);
};
const evaluator = require('openrosa-xpath-evaluator')();
const XFORMS = / xmlns="http:\/\/www\.w3\.org\/2002\/xforms"/g;
const parse = (text) => new window.DOMParser().parseFromString(text, 'text/xml');

function model(xform) {
  const found = parse(xform).getElementsByTagName('model')[0];
  const text = new window.XMLSerializer().serializeToString(found).replace(XFORMS, '');
  return parse(text);
}

// '...' and "..." keep what they hold; only what stands outside is rewritten.
const outside = (expression, rewrite) =>
  expression
    .split(/("[^"]*"|'[^']*')/)
    .map((part, place) => (place % 2 ? part : rewrite(part)))
    .join('');

function written(expression, root, node) {
  const listed = expression.replace(/instance\(\s*(['"])([^'"]*)\1\s*\)/g, '/model/instance[@id="$2"]');
  const top = new RegExp(`(^|[^\\w.\\])*])/${root}(?![\\w.-])`, 'g');
  return outside(listed, (part) =>
    part.replace(/current\(\)/g, node).replace(top, `$1/model/instance[1]/${root}`),
  );
}

const TYPES = { relevant: 'BOOLEAN', required: 'BOOLEAN', constraint: 'BOOLEAN', calculate: 'STRING' };

function evaluated(doc, root, ask) {
  const context = evaluate(doc, `/model/instance[1]${ask.node}`, doc, 'ORDERED_NODE_SNAPSHOT').snapshotItem(0);
  if (!context) return { error: 'no such place' };
  const expression = written(ask.expression, root, `/model/instance[1]${ask.node}`);
  if (ask.what === 'choices') {
    const rows = evaluate(doc, expression, context, 'ORDERED_NODE_SNAPSHOT');
    const names = [];
    for (let place = 0; place < rows.snapshotLength; place += 1) {
      names.push(rows.snapshotItem(place).getElementsByTagName('name')[0]?.textContent ?? '');
    }
    return { value: names };
  }
  const type = TYPES[ask.what];
  const found = evaluate(doc, expression, context, type);
  return { value: type === 'BOOLEAN' ? found.booleanValue : found.stringValue };
}

const evaluate = (doc, expression, context, type) =>
  evaluator.evaluate(expression, context, null, window.XPathResult[`${type}_TYPE`], null);

await answer((form) => {
  const states = form.states.map((state) => {
    const doc = model(form.xform);
    const first = doc.getElementsByTagName('instance')[0];
    const filled = doc.importNode(parse(state.instance).documentElement, true);
    while (first.firstChild) first.removeChild(first.firstChild);
    first.appendChild(filled);
    return state.asks.map((ask) => {
      try {
        return evaluated(doc, filled.tagName, ask);
      } catch (error) {
        return { error: String(error?.message ?? error).slice(0, 200) };
      }
    });
  });
  return { states };
});
