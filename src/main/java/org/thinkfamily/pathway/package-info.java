/** The workflow engine: its configuration, the models, the steps they reach. The only package that knows the engine. */
package org.thinkfamily.pathway;
