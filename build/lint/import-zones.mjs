import path from 'node:path';
import { isWithin, zoneOf } from './zones.mjs';

/**
 * An ESLint rule that holds every import against the table in zones.mjs. `no-restricted-imports` sees only the
 * text of a specifier, so `../ports/x.ts` means something else in every folder, and it overlooks `import()`;
 * this rule resolves the path first and looks at every form of import.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const importZones = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      forbidden: '{{zone}} must not import {{what}}. Allowed here: {{allowed}}.',
    },
  },
  create(context) {
    const file = fromRoot(context.cwd, context.filename);
    const zone = zoneOf(file);
    if (zone === undefined) return {};

    /**
     * @param {import('estree').Node} node
     * @param {unknown} specifier
     * @param {boolean} typesOnly
     */
    const check = (node, specifier, typesOnly) => {
      if (typeof specifier !== 'string') return;
      const what = isOwnFile(specifier) ? resolveOwn(file, specifier) : specifier;
      const allowed = isOwnFile(specifier)
        ? mayImportFile(zone, what, typesOnly)
        : mayImportPackage(zone, what);
      if (allowed) return;
      context.report({
        node,
        messageId: 'forbidden',
        data: { zone: zone.in, what, allowed: describe(zone) },
      });
    };

    /** @param {any} node */
    const checkDeclaration = (node) => {
      check(node, node.source?.value, (node.importKind ?? node.exportKind) === 'type');
    };
    return {
      ImportDeclaration: checkDeclaration,
      ExportAllDeclaration: checkDeclaration,
      ExportNamedDeclaration: checkDeclaration,
      ImportExpression: (/** @type {any} */ node) => {
        check(node, node.source.value, false);
      },
      TSImportType: (/** @type {any} */ node) => {
        check(node, node.source?.value ?? node.argument?.literal?.value, true);
      },
    };
  },
};

/**
 * @param {string} root
 * @param {string} file
 */
function fromRoot(root, file) {
  return path.relative(root, file).split(path.sep).join('/');
}

/** @param {string} specifier */
function isOwnFile(specifier) {
  return specifier.startsWith('.') || specifier.startsWith('/');
}

/**
 * @param {string} file
 * @param {string} specifier
 */
function resolveOwn(file, specifier) {
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
}

/**
 * @param {import('./zones.mjs').Zone} zone
 * @param {string} target
 * @param {boolean} typesOnly
 */
function mayImportFile(zone, target, typesOnly) {
  const folders = typesOnly ? [...zone.own, ...(zone.types ?? [])] : zone.own;
  return folders.some((folder) => isWithin(target, folder));
}

/**
 * @param {import('./zones.mjs').Zone} zone
 * @param {string} specifier
 */
function mayImportPackage(zone, specifier) {
  if (specifier.startsWith('node:')) return zone.packages.includes('node:');
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return zone.packages.includes(name) || (zone.packages.includes('npm') && name !== 'electron');
}

/** @param {import('./zones.mjs').Zone} zone */
function describe(zone) {
  const types = (zone.types ?? []).map((folder) => `types of ${folder}`);
  return [...zone.own, ...types, ...zone.packages].join(', ');
}
