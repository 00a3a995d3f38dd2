/** Words of the field and what each role does, in plain English, to be shown where they are read. */
package org.thinkfamily.glossary;
