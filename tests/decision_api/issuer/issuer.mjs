// An issuer of access tokens on loopback, for the tests: `node issuer.mjs FOLDER`, where FOLDER has the node_modules.
// Prints its address. Each line that comes in is the name of a new key, which from then on signs instead of the last.

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

console.info = console.error; // what the provider remarks is no answer of ours
const { Provider } = await import(pathToFileURL(`${process.argv[2]}/node_modules/oidc-provider/lib/index.js`));

const AUDIENCES = ['https://inzage.example/access', 'https://other.example/access'];
const SCOPES = 'inzage.decide inzage.audit other.read';
const SECRET = 'a-secret-of-the-tests-only';
const PAIRS = {
  RS256: ['rsa', { modulusLength: 2048 }],
  PS256: ['rsa', { modulusLength: 2048 }],
  ES256: ['ec', { namedCurve: 'P-256' }],
  EdDSA: ['ed25519', {}],
};
// a caller for each algorithm, by whose name its tokens are signed
const CLIENTS = Object.keys(PAIRS).map((alg) => `mlp-${alg}`);

function key(alg, name) {
  const { privateKey } = generateKeyPairSync(...PAIRS[alg]);
  return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: `${name}-${alg}` };
}

function provider(issuer, name) {
  return new Provider(issuer, {
    cookies: { keys: ['of-the-tests-only'] },
    jwks: { keys: Object.keys(PAIRS).map((alg) => key(alg, name)) },
    scopes: SCOPES.split(' '),
    ttl: { ClientCredentials: 600 },
    clients: CLIENTS.map((client_id) => ({
      client_id,
      client_secret: SECRET,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => undefined,
        getResourceServerInfo: (ctx, audience, client) => {
          if (!AUDIENCES.includes(audience)) throw new Error('an audience that the tests do not know');
          const alg = client.clientId.split('-').pop();
          return { scope: SCOPES, audience, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg } } };
        },
      },
    },
  });
}

const server = createServer((request, response) => answer(request, response));
let answer;
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  answer = provider(issuer, 'first').callback();
  console.log(issuer);
  createInterface({ input: process.stdin })
    .on('line', (name) => {
      answer = provider(issuer, name).callback();
      console.log(name);
    })
    .on('close', () => process.exit());
});
