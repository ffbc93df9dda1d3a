/** Words before a program that may then mount something which nobody else sees, and which goes when it ends. As root. */
export const OWN_MOUNTS: readonly string[] = ['unshare', '-m', '--propagation', 'private', '--'];
