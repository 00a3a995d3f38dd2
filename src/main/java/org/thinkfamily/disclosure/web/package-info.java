/** The pages on which what is held about a person is gone through. */
package org.thinkfamily.disclosure.web;
