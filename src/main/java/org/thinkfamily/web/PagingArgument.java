package org.thinkfamily.web;

import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads {@link Paging} from the query. */
@Component
class PagingArgument implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Paging.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer mav, NativeWebRequest request, WebDataBinderFactory binders) {
        String after = request.getParameter("after");
        String limit = request.getParameter("limit");
        String count = request.getParameter("count");
        if (limit != null && (!limit.matches("\\d{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > Paging.MOST)) {
            throw ApiProblem.invalid("/limit", "api.error.limit", Paging.MOST);
        }
        if (count != null && !count.equals("true") && !count.equals("false")) {
            throw ApiProblem.invalid("/count", "api.error.count");
        }
        return new Paging(after == null || after.isBlank() ? null : after, limit == null ? Paging.DEFAULT : Integer.parseInt(limit), "true".equals(count));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }
}
