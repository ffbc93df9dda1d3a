import type { SignInReply } from '../usecases/desk/sign-in-desk.ts';
import { questionOf, type SignInWish } from '../usecases/desk/sign-in-task.ts';
import type { SignInSeat } from './played-sign-in-desk.ts';

// What tests at a made-up desk ask for, see and say.

export const LOGIN: SignInWish = { do: 'login', way: 'claude' };
export const SIGN_IN: SignInWish = { do: 'sign-in', name: 'northwind', manner: 'browser' };
export const LOG_OUT: SignInWish = { do: 'log-out' };
export const SIGN_OUT: SignInWish = { do: 'sign-out', name: 'northwind' };

/** How a login ends that went well. */
export const LOGIN_DONE = {
  step: {
    at: 'done',
    outcome: {
      loginEndsAt: null,
      plan: 'max',
      email: 'petra@example.com',
      organisation: null,
      kept: 'login',
    },
  },
} as const;

export const kindOf = ({ desk }: SignInSeat): string | null => desk.state().task?.kind ?? null;

/** Of what runs, or ran: how far it is. */
export const stepOf = ({ desk }: SignInSeat): string | null => {
  const { task } = desk.state();
  return task?.kind === 'login' || task?.kind === 'sign-in' ? task.state.step.at : null;
};

export const questionAt = ({ desk }: SignInSeat): string => questionOf(desk.state().task) ?? '';

/** Yes to what is asked now. */
export const sayYes = (seat: SignInSeat): Promise<SignInReply> => seat.desk.confirm(questionAt(seat));

type OnCancel = (played: {
  readonly end: (change: { readonly step: { readonly at: 'cancelled' } }) => void;
}) => void;

/** A sign-in that is cancelled ends when the test lets it, and not before. */
export function slowCancel(): { readonly onCancel: OnCancel; readonly end: () => void } {
  let end = (): void => undefined;
  return {
    onCancel: (played) => {
      end = () => {
        played.end({ step: { at: 'cancelled' } });
      };
    },
    end: () => {
      end();
    },
  };
}
