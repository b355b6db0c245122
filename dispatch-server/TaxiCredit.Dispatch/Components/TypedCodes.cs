using Microsoft.Extensions.Primitives;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components;

/// <summary>
/// Codes of drivers, cabs and teams in an address, as people type or paste them, become the codes that are stored; see <see cref="Spelling.Code"/>. Those
/// of bodies and forms are read so by the operations.
/// </summary>
internal static class TypedCodes
{
    private static readonly string[] Fields = ["driver", "cab", "team"];

    private static readonly string[] Paths = ["drivers/{code}", "cabs/{code}", "teams/{code}"];

    /// <summary>Goes after routing, before anything asks about whom the request is.</summary>
    public static void UseTypedCodes(this WebApplication app) => app.Use((context, next) =>
    {
        var path = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        if (Paths.Any(part => path.Contains(part, StringComparison.OrdinalIgnoreCase)) && context.Request.RouteValues["code"] is string typed)
            context.Request.RouteValues["code"] = Spelling.Code(typed);
        if (Fields.Any(field => context.Request.Query[field].Any(value => value != Spelling.Code(value))))
        {
            context.Request.QueryString = QueryString.Create(context.Request.Query.Select(field => !Fields.Contains(field.Key)
                ? field
                : new KeyValuePair<string, StringValues>(field.Key, field.Value.Select(Spelling.Code).ToArray())));
        }

        return next(context);
    });
}
