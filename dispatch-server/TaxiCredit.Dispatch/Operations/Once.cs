using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// An operation that is done once for a key of the client's: the same key with the same content answers again with what was made, with other content
/// it is refused (422, as draft-ietf-httpapi-idempotency-key-header-06, section 2.7, has it). Without a key it is done each time.
/// </summary>
/// <param name="Key">1 to 64 visible ASCII characters; null for none.</param>
/// <param name="Content">SHA-256 of what was sent, 64 hex digits; see <see cref="Once.ContentOf"/>.</param>
/// <param name="Recall">Finds what was made by its code.</param>
internal sealed record Once<T>(string? Key, string Content, Func<string, Task<T>> Recall)
{
    private const int MaxKey = 64;

    public Refusal? FindFault() => Key is null || Key.Length is >= 1 and <= MaxKey && Key.All(c => c is > ' ' and <= '~')
        ? null
        : Refusal.Malformed("key-form", $"An idempotency key has 1 to {MaxKey} visible ASCII characters; a random UUID does.");

    /// <summary>Call under the write lock, so that of two at once the second finds the first.</summary>
    public async Task<Outcome<Done<T>>> RunAsync(
        OperationRule rule, string actor, OperationContext context, Func<Task<Outcome<Done<T>>>> decide, CancellationToken stop)
    {
        if (Key is null)
            return await decide();

        var keys = context.Db.Set<OperationKey>();
        if (await keys.AsNoTracking().SingleOrDefaultAsync(k => k.Operation == rule.Name && k.Actor == actor && k.Key == Key, stop) is { } before)
        {
            return before.Content == Content
                ? Done.Repeated(await Recall(before.Subject))
                : Refusal.AgainstRule("key-reused", "This idempotency key came with other content before; use a new one for something new.");
        }

        var decided = await decide();
        if (decided.Refusal is null)
        {
            keys.Add(new OperationKey
            {
                Operation = rule.Name, Actor = actor, Key = Key, Content = Content, At = context.Now,
                Subject = decided.Value.Subject ?? throw new InvalidOperationException($"{rule.Name} made nothing that can be found again."),
            });
        }

        return decided;
    }
}

internal static class Once
{
    /// <summary>Keys are kept so long; who repeats later does it again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Forgets old keys once a day. Deleting the same rows beside another server is safe.</summary>
    public static readonly Job Job = new("operation-keys", TimeSpan.FromDays(1), ForgetAsync) { RetryAfter = TimeSpan.FromHours(1) };

    /// <summary>SHA-256 over the parts, each as JSON.</summary>
    public static string ContentOf(params object?[] parts) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));

    private static async Task ForgetAsync(JobContext job, CancellationToken stop)
    {
        var last = job.Services.GetRequiredService<TimeProvider>().GetUtcNow() - Kept;
        await job.Services.GetRequiredService<DispatchContext>().Set<OperationKey>().Where(k => k.At < last).ExecuteDeleteAsync(stop);
    }
}
