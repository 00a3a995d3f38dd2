package org.thinkfamily.access.web;

import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Claims;

/** Which ways to sign in there are: passwords in the demo profile alone, else the identity providers that properties name. */
@Component
class SignInMethods {

    private final boolean passwords;
    private final Claims claims;

    SignInMethods(Environment environment, Claims claims,
            @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri:}") String issuer,
            @Value("${spring.security.oauth2.resourceserver.jwt.jwk-set-uri:}") String keys) {
        this.passwords = environment.acceptsProfiles(Profiles.of("demo"));
        this.claims = claims;
        boolean provider = !issuer.isBlank() || !keys.isBlank() || !Binder.get(environment)
                .bind("spring.security.oauth2.client.registration", Map.class).orElse(Map.of()).isEmpty();
        if (!passwords && !provider) {
            throw new NobodyCanSignIn();
        }
    }

    boolean passwords() {
        return passwords;
    }

    /** A person signs in at the provider: what the token says of name, team and roles is kept. */
    OAuth2UserService<OidcUserRequest, OidcUser> oidcUsers() {
        OidcUserService provider = new OidcUserService();
        return request -> {
            OidcUser user = provider.loadUser(request);
            String username = claims.keep(user.getClaims())
                    .orElseThrow(() -> new OAuth2AuthenticationException(new OAuth2Error("no_roles", "the provider says nothing of roles", null)));
            return new KnownUser(user, username, claims.usernameClaim());
        };
    }

    /** Goes into the session, so it holds nothing but the provider's answer and the username. */
    private static final class KnownUser extends DefaultOidcUser {

        private static final long serialVersionUID = 1;

        private final String username;

        KnownUser(OidcUser user, String username, String usernameClaim) {
            super(AuthorityUtils.NO_AUTHORITIES, user.getIdToken(), user.getUserInfo(), user.getClaims().containsKey(usernameClaim) ? usernameClaim : "sub");
            this.username = username;
        }

        @Override
        public String getName() {
            return username;
        }
    }

    /** A program comes with a bearer token: the same claims. One that says nothing of roles is refused, and nothing is changed. */
    Converter<Jwt, AbstractAuthenticationToken> tokenReader() {
        return token -> new JwtAuthenticationToken(token, AuthorityUtils.NO_AUTHORITIES,
                claims.keep(token.getClaims()).orElseThrow(() -> new InvalidBearerTokenException("the token says nothing of roles")));
    }
}
