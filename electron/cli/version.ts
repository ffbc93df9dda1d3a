declare const __CREDENCE_VERSION__: string | undefined;

/** Set by the bundler; absent when the source is run directly. */
export const VERSION = typeof __CREDENCE_VERSION__ === 'string' ? __CREDENCE_VERSION__ : '0.0.0-source';
