using Microsoft.AspNetCore.Http.Features;
using TaxiCredit.Dispatch.Components;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch;

/// <summary>
/// What an endpoint does not take for its length is read and thrown away before it is refused. Left unread, the framework ends the connection in the middle of
/// the sender's writing: the refusal may be lost on its way, and a proxy hands the broken connection to whoever asks next.
/// </summary>
internal static class BodyLimit
{
    /// <summary>Bytes, 64 MiB: twice the largest that any endpoint takes. A longer body is not read, and its connection ends.</summary>
    public const long MaxReadAway = 64 * 1024 * 1024;

    /// <summary>Needs the endpoint, whose limit it enforces. A body that does not declare its length is counted by the framework as it is read.</summary>
    public static void UseBodyLimit(this WebApplication app) => app.Use(async (context, next) =>
    {
        var bound = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (bound is not { IsReadOnly: false, MaxRequestBodySize: { } max } || context.Request.ContentLength is not { } length || length <= max)
        {
            await next(context);
            return;
        }

        if (length <= MaxReadAway)
        {
            bound.MaxRequestBodySize = MaxReadAway;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        else
        {
            context.Response.Headers.Connection = "close";
        }

        var refused = TooLarge(max);
        if (FaultAnswer.IsForPeople(context.Request))
            await FaultAnswer.WriteAsync(context, refused, context.RequestAborted);
        else
            await refused.ToProblem().ExecuteAsync(context);
    });

    public static Refusal TooLarge(long max) =>
        new(StatusCodes.Status413PayloadTooLarge, "body-too-large", $"A request body takes at most {max} bytes.");
}
