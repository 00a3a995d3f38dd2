/** The page of words and roles. */
package org.thinkfamily.glossary.web;
