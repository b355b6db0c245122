using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Components;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;

namespace TaxiCredit.Dispatch;

/// <summary>
/// What a request broke before or beside an operation, or a fault of ours: a page for people, problem details for callers of the API. A fault goes to
/// the log under the number that both of them name.
/// </summary>
internal sealed partial class Problems(ILogger<Problems> log) : IExceptionHandler
{
    /// <summary>Longest request body; no operation of the API needs a tenth of it.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    /// <summary>When to try again after something that heals by itself or by an operator's hand, in seconds.</summary>
    private const string RetryAfter = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var outage = Outages.Of(exception);
        var refusal = outage is null ? RefusalOf(exception) : OutageAnswer.Of(outage.Value);
        // The endpoint and not the address, which may hold the secret of an invitation.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName;
        if (outage is { } why)
        {
            context.Response.Headers.RetryAfter = OutageAnswer.RetryAfter(why);
            LogOutage(exception, why, context.Request.Method, endpoint);
        }
        else if (refusal is null or { Status: StatusCodes.Status503ServiceUnavailable })
        {
            LogFault(exception, context.Request.Method, endpoint, FaultAnswer.TraceOf(context));
            if (refusal is not null)
                context.Response.Headers.RetryAfter = RetryAfter;
        }

        if (FaultAnswer.IsForPeople(context.Request))
            await FaultAnswer.WriteAsync(context, refusal, cancellationToken);
        else
            await (refusal?.ToProblem() ?? Results.Problem()).ExecuteAsync(context);
        return true;
    }

    /// <summary>
    /// Every problem names its request. A body above the limit that did not declare its length is refused by the framework, which throws nothing; its answer
    /// gets the rule's name here.
    /// </summary>
    public static void Complete(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions["traceId"] = FaultAnswer.TraceOf(context.HttpContext);
        if (context.ProblemDetails is not { Status: StatusCodes.Status413PayloadTooLarge } problem)
            return;
        problem.Type = "urn:taxicredit:refusal:body-too-large";
        problem.Title = "body too large";
        problem.Detail = $"A request body takes at most {MaxBodyBytes} bytes.";
    }

    private static Refusal? RefusalOf(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: ActorInBodyException } => Refusal.Malformed(
            "actor-in-body",
            "A body does not name who acts: the token does, or the session. A token with the scope act-for names whom it records for in the header "
            + $"{TokenRules.Header}."),
        BadHttpRequestException { InnerException: JsonException json } =>
            Refusal.Malformed("json-malformed", $"The body is not the JSON that is expected: {json.Message}"),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => BodyLimit.TooLarge(MaxBodyBytes),
        BadHttpRequestException bad => new Refusal(bad.StatusCode, "request-malformed", bad.Message),
        DbUpdateConcurrencyException => ChangedMeanwhile(),
        DbUpdateException update when RowFault.IsTaken(update) => ChangedMeanwhile(),
        LookNotRecordedException => Looks.NotRecorded(),
        _ when RowFault.IsOfStorage(exception) => new Refusal(StatusCodes.Status503ServiceUnavailable, "storage-failed",
            "The disk of the database is full, read-only or failing; nothing of yours was stored. Tell whoever runs the server, and repeat it later."),
        _ => null,
    };

    private static Refusal ChangedMeanwhile() => Refusal.Conflict(
        "changed-meanwhile", "Somebody else changed the same thing at the same time; nothing of yours was stored. Read it again and repeat.");

    [LoggerMessage(EventId = 5000, EventName = "RequestFailed", Level = LogLevel.Error, Message = "{Method} {Endpoint} failed, trace {TraceId}")]
    private partial void LogFault(Exception fault, string method, string? endpoint, string traceId);

    [LoggerMessage(EventId = 5002, EventName = "RequestSentAway", Level = LogLevel.Warning, Message = "Database {Outage}: {Method} {Endpoint} sent away")]
    private partial void LogOutage(Exception why, Outage outage, string method, string? endpoint);
}

/// <summary>What a request is told that the database did not serve. Nothing was stored; the same request may succeed later.</summary>
internal static class OutageAnswer
{
    public static Refusal Of(Outage outage) => outage switch
    {
        Outage.Busy => new(StatusCodes.Status503ServiceUnavailable, "database-busy",
            "Too many are writing, or another process holds the database's write lock; nothing of yours was stored. Send it again in a moment."),
        Outage.Full => new(StatusCodes.Status503ServiceUnavailable, "disk-full",
            "The server's disk is full; nothing of yours was stored. Its administrator must make room; then send it again."),
        _ => new(StatusCodes.Status503ServiceUnavailable, "database-gone",
            "The server cannot reach its database; nothing of yours was stored. Send it again later."),
    };

    /// <summary>Seconds, RFC 9110, section 10.2.3.</summary>
    public static string RetryAfter(Outage outage) => outage switch
    {
        Outage.Busy => "2",
        Outage.Full => "60",
        _ => "10",
    };
}
