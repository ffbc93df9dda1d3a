import type { CloudProvider } from '../provider.ts';
import type { SourceDefinition, VariableDefinition } from './source-definition.ts';

/** One switch per provider; the first one that is on wins, in the order of `CLOUD_PROVIDERS`. */
export const PROVIDER_SWITCHES: Readonly<Record<CloudProvider, string>> = {
  bedrock: 'CLAUDE_CODE_USE_BEDROCK',
  foundry: 'CLAUDE_CODE_USE_FOUNDRY',
  anthropicAws: 'CLAUDE_CODE_USE_ANTHROPIC_AWS',
  anthropicGoogleCloud: 'CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD',
  mantle: 'CLAUDE_CODE_USE_MANTLE',
  vertex: 'CLAUDE_CODE_USE_VERTEX',
};

/** Turns a provider's own signing off, for gateways that sign themselves. */
export const SKIP_SWITCHES: Readonly<Record<CloudProvider, string>> = {
  bedrock: 'CLAUDE_CODE_SKIP_BEDROCK_AUTH',
  foundry: 'CLAUDE_CODE_SKIP_FOUNDRY_AUTH',
  anthropicAws: 'CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH',
  anthropicGoogleCloud: 'CLAUDE_CODE_SKIP_ANTHROPIC_GOOGLE_CLOUD_AUTH',
  mantle: 'CLAUDE_CODE_SKIP_MANTLE_AUTH',
  vertex: 'CLAUDE_CODE_SKIP_VERTEX_AUTH',
};

export const GATEWAY_SWITCH = 'CLAUDE_CODE_USE_GATEWAY';

export const BEDROCK_BEARER = 'AWS_BEARER_TOKEN_BEDROCK';
export const FOUNDRY_TOKEN = 'ANTHROPIC_FOUNDRY_AUTH_TOKEN';
export const FOUNDRY_KEY = 'ANTHROPIC_FOUNDRY_API_KEY';
export const ANTHROPIC_AWS_KEY = 'ANTHROPIC_AWS_API_KEY';
export const ANTHROPIC_AWS_WORKSPACE = 'ANTHROPIC_AWS_WORKSPACE_ID';
export const VERTEX_PROJECT = 'ANTHROPIC_VERTEX_PROJECT_ID';
export const ANTHROPIC_GOOGLE_PROJECT = 'ANTHROPIC_GOOGLE_CLOUD_PROJECT';
export const ANTHROPIC_GOOGLE_WORKSPACE = 'ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID';

/** The member of settings that names a command which prints AWS credentials. */
export const AWS_EXPORT = 'awsCredentialExport';

export const AWS = {
  accessKeyId: 'AWS_ACCESS_KEY_ID',
  secretAccessKey: 'AWS_SECRET_ACCESS_KEY',
  sessionToken: 'AWS_SESSION_TOKEN',
  expiration: 'AWS_CREDENTIAL_EXPIRATION',
  profile: 'AWS_PROFILE',
  credentialsFile: 'AWS_SHARED_CREDENTIALS_FILE',
  configFile: 'AWS_CONFIG_FILE',
  webIdentityFile: 'AWS_WEB_IDENTITY_TOKEN_FILE',
  containerUri: 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  containerFullUri: 'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  loginCache: 'AWS_LOGIN_CACHE_DIRECTORY',
} as const;
export const GOOGLE = {
  credentialsFile: 'GOOGLE_APPLICATION_CREDENTIALS',
  configFolder: 'CLOUDSDK_CONFIG',
} as const;
export const AZURE = {
  clientId: 'AZURE_CLIENT_ID',
  tenantId: 'AZURE_TENANT_ID',
  clientSecret: 'AZURE_CLIENT_SECRET',
  certificatePath: 'AZURE_CLIENT_CERTIFICATE_PATH',
  federatedTokenFile: 'AZURE_FEDERATED_TOKEN_FILE',
  configFolder: 'AZURE_CONFIG_DIR',
} as const;

/** The base URL of each provider; it changes the host only, never the credential. */
export const PROVIDER_BASE_URLS: Readonly<Record<CloudProvider, string>> = {
  bedrock: 'ANTHROPIC_BEDROCK_BASE_URL',
  foundry: 'ANTHROPIC_FOUNDRY_BASE_URL',
  anthropicAws: 'ANTHROPIC_AWS_BASE_URL',
  anthropicGoogleCloud: 'ANTHROPIC_GOOGLE_CLOUD_BASE_URL',
  mantle: 'ANTHROPIC_BEDROCK_MANTLE_BASE_URL',
  vertex: 'ANTHROPIC_VERTEX_BASE_URL',
};

const switches = [...Object.values(PROVIDER_SWITCHES), GATEWAY_SWITCH].map((name): VariableDefinition => ({
  name,
  kind: 'switch',
  role: 'switch',
}));
const skips = Object.values(SKIP_SWITCHES).map((name): VariableDefinition => ({
  name,
  kind: 'switch',
  role: 'support',
}));
const support = (name: string, kind: VariableDefinition['kind']): VariableDefinition => ({
  name,
  kind,
  role: 'support',
});
const credential = (name: string): VariableDefinition => ({ name, kind: 'secret', role: 'credential' });

export const cloudProvider = {
  id: 'cloud-provider',
  rank: 2,
  title: 'Cloud provider',
  phrase: 'the cloud provider’s credential',
  pays: 'organisation',
  variables: [
    ...switches,
    ...skips,
    ...Object.values(PROVIDER_BASE_URLS).map((name) => support(name, 'url')),
    credential(BEDROCK_BEARER),
    credential(FOUNDRY_TOKEN),
    credential(FOUNDRY_KEY),
    credential(ANTHROPIC_AWS_KEY),
    support(ANTHROPIC_AWS_WORKSPACE, 'text'),
    support(VERTEX_PROJECT, 'text'),
    support(ANTHROPIC_GOOGLE_PROJECT, 'text'),
    support(ANTHROPIC_GOOGLE_WORKSPACE, 'text'),
    // The chains' own variables: credentials of other programs as well, so they count only while a provider is on.
    support(AWS.accessKeyId, 'secret'),
    support(AWS.secretAccessKey, 'secret'),
    support(AWS.sessionToken, 'secret'),
    support(AWS.expiration, 'text'),
    support(AWS.profile, 'text'),
    support(AWS.credentialsFile, 'path'),
    support(AWS.configFile, 'path'),
    support(AWS.webIdentityFile, 'path'),
    support(AWS.containerUri, 'text'),
    support(AWS.containerFullUri, 'url'),
    support(AWS.loginCache, 'path'),
    support(GOOGLE.credentialsFile, 'path'),
    support(GOOGLE.configFolder, 'path'),
    support(AZURE.clientId, 'text'),
    support(AZURE.tenantId, 'text'),
    support(AZURE.clientSecret, 'secret'),
    support(AZURE.certificatePath, 'path'),
    support(AZURE.federatedTokenFile, 'path'),
    support(AZURE.configFolder, 'path'),
  ],
  places: [
    'awsCredentialExport in a settings file',
    '~/.aws/credentials, ~/.aws/config, ~/.aws/sso/cache, ~/.aws/login/cache',
    'gcloud’s application_default_credentials.json',
    '~/.azure/azureProfile.json',
  ],
  ends: 'AWS SSO, session and Bedrock short-term keys: at a known time; Google and Azure: not known without a call',
  clearing: 'turn the provider’s switch off where it is set',
} as const satisfies SourceDefinition;
