package dev.failover.page;

/**
 * Script of the application that adds to the page. A bean of this type makes the page
 * load it as a module and call its exported function {@code extend(page)}.
 *
 * @param url path of the script, below the context path of the application
 */
public record PageScript(String url) {

}
