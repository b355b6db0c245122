using System.Runtime.CompilerServices;

namespace TaxiCredit.Dispatch.Data;

internal static class Prefetch
{
    /// <summary>
    /// The same items, each fetched on another thread while the one before it is worked at. Faults met ahead are lost if enumeration stops before them.
    /// </summary>
    public static async IAsyncEnumerable<T> PrefetchOneAsync<T>(this IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var items = source.GetAsyncEnumerator(stop);
        var next = FetchAsync();
        try
        {
            while (await next)
            {
                var item = items.Current;
                next = FetchAsync();
                yield return item;
            }
        }
        finally
        {
            // The source cannot be disposed of while it fetches.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // SQLite's asynchronous methods are not: without a thread of its own the fetch would end before the work begins.
        Task<bool> FetchAsync() => Task.Run(() => items.MoveNextAsync().AsTask(), CancellationToken.None);
    }
}
