/** Signing in. */
package org.thinkfamily.access.web;
