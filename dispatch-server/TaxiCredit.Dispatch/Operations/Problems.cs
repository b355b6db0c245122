using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>What a request broke before or beside an operation, as problem details; a fault of ours stays a plain 500 and goes to the log.</summary>
internal sealed class Problems : IExceptionHandler
{
    /// <summary>Longest request body; no operation of the API needs a tenth of it.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (RefusalOf(exception) is not { } refusal)
            return false;

        await refusal.ToProblem().ExecuteAsync(context);
        return true;
    }

    /// <summary>A body above the limit is refused by the framework, which throws nothing; its answer gets the rule's name here.</summary>
    public static void NameOversize(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is not { Status: StatusCodes.Status413PayloadTooLarge } problem)
            return;
        problem.Type = "urn:taxicredit:refusal:body-too-large";
        problem.Title = "body too large";
        problem.Detail = $"A request body takes at most {MaxBodyBytes} bytes.";
    }

    private static Refusal? RefusalOf(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } =>
            Refusal.Malformed("json-malformed", $"The body is not the JSON that is expected: {json.Message}"),
        BadHttpRequestException bad => new Refusal(bad.StatusCode, "request-malformed", bad.Message),
        DbUpdateException => Refusal.Conflict("changed-meanwhile", "Somebody else changed the same thing at the same time; nothing of yours was stored. Read it again and repeat."),
        _ => null,
    };
}
