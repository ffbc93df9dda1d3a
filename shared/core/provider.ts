/** The switch's provider names, as `claude auth status` reports them; in the order in which the first that is on wins. */
export const CLOUD_PROVIDERS = [
  'bedrock',
  'foundry',
  'anthropicAws',
  'anthropicGoogleCloud',
  'mantle',
  'vertex',
] as const;
export type CloudProvider = (typeof CLOUD_PROVIDERS)[number];
export type Provider = 'firstParty' | 'gateway' | CloudProvider;
