/**
 * What is not bundled but stays in node_modules, as package.json's "dependencies" has it: packages of machine code, which no
 * bundle can hold, and what only few runs load. None of them is loaded unless something is changed or asked for over the web.
 *
 * @type {readonly string[]}
 */
export const PACKAGES_BESIDE = ['@napi-rs/keyring', 'fs-native-extensions', 'undici'];
