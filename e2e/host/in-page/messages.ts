import type { Carried } from './carrier.ts';

/** How a link, a form or a script asked for a further window. */
export interface WindowRequest {
  readonly url: string;
  readonly frameName: string;
  readonly features: string;
  readonly disposition: 'foreground-tab' | 'background-tab' | 'new-window';
}

/** From the preload script's world to the host; `from` is the address of the document that speaks. */
export type FromPage =
  | {
      readonly kind: 'invoke';
      readonly id: number;
      readonly channel: string;
      readonly args: Carried;
      readonly from: string;
    }
  | { readonly kind: 'send'; readonly channel: string; readonly args: Carried; readonly from: string }
  | { readonly kind: 'open'; readonly request: WindowRequest }
  | { readonly kind: 'resized'; readonly width: number; readonly height: number }
  | { readonly kind: 'preload-error'; readonly message: string; readonly stack: string };

/** From the host to the preload script's world. */
export type ToPage =
  | { readonly kind: 'reply'; readonly id: number; readonly result: Carried }
  | { readonly kind: 'failure'; readonly id: number; readonly error: string }
  | { readonly kind: 'message'; readonly channel: string; readonly args: Carried };

/** What the preload script's world is told about its surroundings. */
export interface PreloadSettings {
  readonly binding: string;
  readonly receiver: string;
  readonly toMain: string;
  readonly toPreload: string;
  readonly preload: string;
  readonly platform: string;
  readonly arch: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
}
