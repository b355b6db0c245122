using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace TaxiCredit.Dispatch;

/// <summary>What a request broke before or beside an operation, as problem details; a fault of ours stays a plain 500 and goes to the log.</summary>
internal sealed class Problems : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (RefusalOf(exception) is not { } refusal)
            return false;

        await refusal.ToProblem().ExecuteAsync(context);
        return true;
    }

    private static Refusal? RefusalOf(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new Refusal(StatusCodes.Status413PayloadTooLarge, "body-too-large", $"A request body takes at most {DispatchServer.LargestBody} bytes."),
        BadHttpRequestException { InnerException: JsonException json } =>
            Refusal.Malformed("json-malformed", $"The body is not the JSON that is expected: {json.Message}"),
        BadHttpRequestException bad => new Refusal(bad.StatusCode, "request-malformed", bad.Message),
        DbUpdateException => Refusal.Conflict("changed-meanwhile", "Somebody else changed the same thing at the same time; nothing of yours was stored. Read it again and repeat."),
        _ => null,
    };
}
