using System.Net;
using System.Net.Http.Headers;

namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>What the channels that speak HTTP have in common.</summary>
internal static class HttpAnswer
{
    /// <summary>Bytes of an answer that are looked at; whoever says more is not believed.</summary>
    private const int MaxAnswer = 64 * 1024;

    /// <summary>The fault that a status is; null for 2xx. Overload waits for as long as the answer asks.</summary>
    public static DeliveryFault? FindFault(HttpResponseMessage answer, TimeProvider time) =>
        answer.IsSuccessStatusCode ? null : new($"http-{(int)answer.StatusCode}", IsFinal(answer.StatusCode), WaitOf(answer.Headers.RetryAfter, time));

    /// <summary>Whether an address may be sent to: HTTPS, or this machine, and no name and password in it.</summary>
    public static bool IsAllowed(Uri address) =>
        address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>The answer's body as far as <see cref="MaxAnswer"/>; null for a longer one.</summary>
    public static async Task<byte[]?> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        var bytes = new byte[MaxAnswer + 1];
        var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        return count > MaxAnswer ? null : bytes[..count];
    }

    /// <summary>What the recipient refuses for good; overload, a time-out and its own faults pass.</summary>
    private static bool IsFinal(HttpStatusCode status) =>
        status is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.NotFound or HttpStatusCode.Locked);

    private static TimeSpan? WaitOf(RetryConditionHeaderValue? header, TimeProvider time) =>
        header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
}
