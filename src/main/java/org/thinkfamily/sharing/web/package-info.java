/** The pages of sharing. */
package org.thinkfamily.sharing.web;
