/** What a person could read or hear that does not come from a locale file, found in the parsed source. */
import ts from 'typescript';
import { parse } from 'vue/compiler-sfc';

/** What stands for text in a window, a menu, a notification or to a screen reader. */
const textNames =
  /^(aria-?(label|description|placeholder|valuetext|roledescription)|title|alt|placeholder|label|words|hint|text|next|question|missing|example|body|subtitle|tooltip|toolTip|buttonLabel|textContent|innerText|innerHTML)$/i;
const textCalls = /^(setToolTip|setTitle|showErrorBox|confirm|alert|prompt)$/;

const isText = (text: string | undefined): text is string => /\p{L}/u.test(text ?? '');

/** The parts of the compiler's tree that matter here. */
interface Node {
  readonly type: number;
  readonly content?: string | Node;
  readonly name?: string;
  readonly arg?: Node;
  readonly exp?: Node;
  readonly value?: Node;
  readonly props?: readonly Node[];
  readonly children?: readonly Node[];
}
const kind = { text: 2, interpolation: 5, attribute: 6, directive: 7 };

/** Literals that an expression may give: 'Hi', `Hi ${name}`, a ? 'Hi' : b. Not those handed to a function. */
function literalsGiven(node: ts.Node): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
  }
  if (ts.isConditionalExpression(node)) {
    return [...literalsGiven(node.whenTrue), ...literalsGiven(node.whenFalse)];
  }
  if (ts.isBinaryExpression(node)) {
    const joins = [
      ts.SyntaxKind.PlusToken,
      ts.SyntaxKind.QuestionQuestionToken,
      ts.SyntaxKind.BarBarToken,
      ts.SyntaxKind.AmpersandAmpersandToken,
    ];
    if (!joins.includes(node.operatorToken.kind)) return [];
    return [...literalsGiven(node.left), ...literalsGiven(node.right)];
  }
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) {
    return literalsGiven(node.expression);
  }
  return [];
}

function literalsOf(expression: string): string[] {
  const file = ts.createSourceFile('e.ts', `(${expression})`, ts.ScriptTarget.Latest);
  const [statement] = file.statements;
  return statement && ts.isExpressionStatement(statement)
    ? literalsGiven(statement.expression)
    : [];
}

const contentOf = (node: Node | undefined): string =>
  typeof node?.content === 'string' ? node.content : '';

function looseInNode(node: Node): string[] {
  const below = [...(node.children ?? []), ...(node.props ?? [])].flatMap(looseInNode);
  if (node.type === kind.text) return [contentOf(node), ...below];
  if (node.type === kind.interpolation && typeof node.content === 'object') {
    return [...literalsOf(contentOf(node.content)), ...below];
  }
  if (node.type === kind.attribute && textNames.test(node.name ?? '')) {
    return [contentOf(node.value), ...below];
  }
  if (node.type === kind.directive && textNames.test(contentOf(node.arg))) {
    return [...literalsOf(contentOf(node.exp)), ...below];
  }
  return below;
}

function looseInTemplate(template: unknown): string[] {
  return looseInNode(template as Node);
}

/** `title: 'Hi'`, `document.title = 'Hi'`, `tray.setToolTip('Hi')`, `setAttribute('aria-label', 'Hi')`. */
function looseInScriptNode(node: ts.Node): string[] {
  if (ts.isPropertyAssignment(node) && textNames.test(nameOf(node.name))) {
    return literalsGiven(node.initializer);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left } = node;
    const isPlaceOfText = ts.isPropertyAccessExpression(left) && textNames.test(left.name.text);
    return isPlaceOfText ? literalsGiven(node.right) : [];
  }
  return ts.isCallExpression(node) ? looseInCall(node) : [];
}

function looseInCall(call: ts.CallExpression): string[] {
  const { expression } = call;
  const called = nameOf(ts.isPropertyAccessExpression(expression) ? expression.name : expression);
  if (called === 'setAttribute' && isTextAttribute(call)) {
    return call.arguments.slice(1).flatMap(literalsGiven);
  }
  return textCalls.test(called) ? call.arguments.flatMap(literalsGiven) : [];
}

function isTextAttribute(call: ts.CallExpression): boolean {
  const [name] = call.arguments;
  return name !== undefined && ts.isStringLiteral(name) && textNames.test(name.text);
}

function nameOf(node: ts.Node): string {
  return ts.isIdentifier(node) || ts.isStringLiteral(node) ? node.text : '';
}

function looseInScript(script: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    found.push(...looseInScriptNode(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('s.ts', script, ts.ScriptTarget.Latest));
  return found;
}

/** @param file its name tells a component from a script */
export function looseTexts(file: string, source: string): string[] {
  if (!file.endsWith('.vue')) return looseInScript(source).filter(isText);
  const { descriptor, errors } = parse(source, { sourceMap: false });
  if (errors.length > 0) throw new Error(`${file} cannot be parsed`);
  const template = descriptor.template ? looseInTemplate(descriptor.template.ast) : [];
  const scripts = [descriptor.script, descriptor.scriptSetup].map((part) => part?.content ?? '');
  return [...template, ...scripts.flatMap(looseInScript)].map((text) => text.trim()).filter(isText);
}
