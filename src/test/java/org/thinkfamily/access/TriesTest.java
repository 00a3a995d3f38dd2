package org.thinkfamily.access;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;

import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.thinkfamily.ThinkFamilyTest;

/** A password is not tried without end on the sign-in page either; from another address the same name still is. */
@ThinkFamilyTest
class TriesTest {

    @Autowired
    private MockMvc pages;

    private ResultActions signIn(String username, String password, String address) throws Exception {
        return pages.perform(post("/signin").param("username", username).param("password", password).with(csrf()).remoteAddress(address));
    }

    @Test
    void afterTenWrongPasswordsTheRightOneIsNotTakenEither() throws Exception {
        for (int i = 0; i < 10; i++) {
            signIn("bea.coombes", "wrong", "10.0.0.1").andExpect(redirectedUrl("/signin?wrong"));
        }
        signIn("bea.coombes", "think-family", "10.0.0.1").andExpect(redirectedUrl("/signin?many"));
        signIn("bea.coombes", "think-family", "10.0.0.2").andExpect(redirectedUrl("/work"));
        pages.perform(get("/signin").param("many", "")).andExpect(content().string(Matchers.containsString("too many tries")));
    }

    @Test
    void aRightPasswordForgetsTheWrongOnes() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 6; i++) {
                signIn("zoe.finch", "wrong", "10.0.0.3").andExpect(redirectedUrl("/signin?wrong"));
            }
            signIn("zoe.finch", "think-family", "10.0.0.3").andExpect(redirectedUrl("/work"));
        }
    }
}
