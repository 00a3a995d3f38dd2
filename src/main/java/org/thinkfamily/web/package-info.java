/** What all pages and the API share: layout, errors, security of responses. */
package org.thinkfamily.web;
