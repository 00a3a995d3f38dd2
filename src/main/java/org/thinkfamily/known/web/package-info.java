/** The pages and the API of checks whether somebody is known to services. */
package org.thinkfamily.known.web;
