/**
 * What is used of openid-client, which is an ES module. The terminal command is a script, and those that Node runs before 20.19
 * cannot require one: so the build makes a CommonJS file of this one, beside the command and the app, which is loaded when somebody
 * signs in and not before.
 */
export {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; used for addresses of this machine only
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  clockSkew,
  clockTolerance,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  genericGrantRequest,
  initiateDeviceAuthorization,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  tokenRevocation,
} from 'openid-client';
