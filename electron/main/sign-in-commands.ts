import type { Reply } from '../../shared/ipc/contract.ts';
import type { NameBook } from '../../shared/presentation/window/name-book.ts';
import type { SignInDesk, SignInReply } from '../../shared/usecases/desk/sign-in-desk.ts';
import type { SignInWish } from '../../shared/usecases/desk/sign-in-task.ts';
import type { Handlers } from './commands.ts';
import { DONE, failed } from './run-command.ts';
import { replyToChoice, replyToSignIn } from './sign-in-replies.ts';

export interface SignInCommands {
  /** Shows what comes of it, or the one that is under way. */
  readonly start: (wish: SignInWish) => Promise<Reply>;
  readonly handlers: Pick<
    Handlers,
    | 'startLogin'
    | 'startSignIn'
    | 'startLogOut'
    | 'startSignOut'
    | 'confirmSignIn'
    | 'sendCode'
    | 'openPageAgain'
    | 'copyAddress'
    | 'copyDeviceCode'
    | 'copyCommand'
    | 'signInWithDevice'
    | 'chooseClaude'
    | 'retrySignIn'
    | 'cancelSignIn'
    | 'leaveSignIn'
    | 'openProviders'
    | 'checkProvider'
  >;
}

export interface SignInCommandsReach {
  readonly desk: SignInDesk;
  readonly organisations: NameBook;
  /** Brings the window to the front, at the page of signing in. */
  readonly showPage: () => void;
  /** Shows the system’s dialog; `null`: it was closed. */
  readonly choose: (options: Electron.OpenDialogOptions) => Promise<string | null>;
  /** To the clipboard. */
  readonly copy: (text: string | null) => Promise<Reply>;
}

/** The commands of the window and the menu that are about signing in and out. */
export function createSignInCommands(reach: SignInCommandsReach): SignInCommands {
  const { desk, organisations, showPage, choose, copy } = reach;
  const after = async (reply: Promise<SignInReply>): Promise<Reply> => replyToSignIn(await reply);

  const start = (wish: SignInWish): Promise<Reply> => {
    const started = desk.start(wish);
    showPage();
    return after(started);
  };

  /** Of the organisation with that id, as long as there is one. */
  const named = (id: string, run: (name: string) => Promise<Reply>): Promise<Reply> => {
    const name = organisations.find(id);
    return name === null ? Promise.resolve(failed('not-known')) : run(name);
  };

  return {
    start,
    handlers: {
      startLogin: (way) => start({ do: 'login', way }),
      startSignIn: (id) => named(id, (name) => start({ do: 'sign-in', name, manner: 'browser' })),
      startLogOut: () => start({ do: 'log-out' }),
      startSignOut: (id) => named(id, (name) => start({ do: 'sign-out', name })),
      confirmSignIn: (id) => after(desk.confirm(id)),
      sendCode: (text) => Promise.resolve(replyToSignIn(desk.sendCode(text))),
      openPageAgain: () => after(desk.openAgain()),
      copyAddress: () => copy(desk.address()),
      copyDeviceCode: () => copy(desk.deviceCode()),
      copyCommand: () => copy(desk.command()),
      signInWithDevice: () => after(desk.useDevice()),
      chooseClaude: async () => {
        const path = await choose({
          title: 'Which file is Claude Code?',
          buttonLabel: 'Use this file',
          properties: ['openFile', 'showHiddenFiles'],
        });
        return path === null ? failed('cancelled') : replyToChoice(await desk.chooseClaude(path));
      },
      retrySignIn: () => after(desk.retry()),
      cancelSignIn: () => after(desk.cancel()),
      leaveSignIn: () => Promise.resolve(replyToSignIn(desk.leave())),
      openProviders: () => {
        desk.refresh();
        return Promise.resolve(DONE);
      },
      checkProvider: (id) => named(id, (name) => after(desk.check(name))),
    },
  };
}
