// An identity provider on loopback that speaks as ACM does, for the tests: `node provider.mjs FOLDER OURS HEARS`,
// where FOLDER has the node_modules, OURS is our address, and HEARS where logout tokens are to be brought.
// Prints its address. Each line that comes in is a person, as JSON: {"sub": …, "acr": …, "claims": {…}}.

import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { generateKeyPairSync } from 'node:crypto';
import { pathToFileURL } from 'node:url';

console.info = console.error; // what the provider remarks is no answer of ours
const [, , folder, ours, hears] = process.argv;
const { Provider } = await import(pathToFileURL(`${folder}/node_modules/oidc-provider/lib/index.js`));

const people = new Map();
const ACR = 'urn:be:vlaanderen:authmech:';
const MEANS = 'eid eidashigh itsme csamtotp csamsms eidassubstantial password csampassword'.split(' ');
const VO = 'vo_id vo_doelgroepcode vo_orgcode vo_orgnaam'.split(' ');
const SCOPES = 'openid profile vo rrn inzage';

function key() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'of-the-tests' };
}

function providerAt(issuer) {
  const provider = new Provider(issuer, {
    cookies: { keys: ['of-the-tests-only'] },
    jwks: { keys: [key()] },
    scopes: SCOPES.split(' '),
    acrValues: MEANS.map((means) => ACR + means),
    claims: {
      openid: ['sub'],
      profile: ['given_name', 'family_name'],
      vo: VO,
      rrn: ['rrn'],
      inzage: ['inzage_rol_3d'],
    },
    conformIdTokenClaims: false, // in the ID token, as ACM does
    pkce: { required: () => true },
    clients: [
      {
        client_id: 'inzage',
        client_secret: 'a+secret of%the:tests',
        redirect_uris: [`${ours}/aanmelden/terug/`],
        post_logout_redirect_uris: [`${ours}/afgemeld/`],
        backchannel_logout_uri: hears,
        backchannel_logout_session_required: true,
      },
    ],
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    interactions: { url: (_ctx, interaction) => `/who/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub).claims }) }),
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(SCOPES);
      await grant.save();
      return grant;
    },
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
  });
  provider.on('server_error', (_ctx, error) => console.error(error));
  provider.on('backchannel.error', (_ctx, error) => console.error(error));
  return provider;
}

async function who(provider, request, response) {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html');
    response.end('<form method="post"><input name="login"><button name="break_off">Stop</button></form>');
    return;
  }
  let body = '';
  for await (const part of request) body += part;
  const sent = new URLSearchParams(body);
  const person = people.get(sent.get('login'));
  const result = person
    ? { login: { accountId: person.sub, acr: person.acr, remember: false } }
    : { error: 'access_denied', error_description: 'broken off' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const server = createServer((request, response) => answer(request, response));
let answer;
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = providerAt(issuer);
  const callback = provider.callback();
  answer = (request, response) =>
    request.url.startsWith('/who/') ? who(provider, request, response) : callback(request, response);
  console.log(issuer);
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const person = JSON.parse(line);
      people.set(person.sub, person);
      console.log(person.sub);
    })
    .on('close', () => process.exit());
});
