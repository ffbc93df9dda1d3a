import type { NativeTheme as ElectronTheme } from 'electron';
import { eventsOf, loudEmitter } from '../loud.ts';

/** Light, until a test or the app says otherwise. It does not reach the page's CSS. */
class NativeTheme
  extends loudEmitter('nativeTheme', eventsOf<ElectronTheme>()('updated'))
  implements Pick<ElectronTheme, 'shouldUseDarkColors' | 'shouldUseHighContrastColors' | 'themeSource'>
{
  readonly shouldUseHighContrastColors = false;
  #source: ElectronTheme['themeSource'] = 'system';

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
  get themeSource(): ElectronTheme['themeSource'] {
    return this.#source;
  }
  set themeSource(source: ElectronTheme['themeSource']) {
    const before = this.shouldUseDarkColors;
    this.#source = source;
    if (this.shouldUseDarkColors !== before) this.emit('updated');
  }
}

export const nativeTheme = new NativeTheme();
