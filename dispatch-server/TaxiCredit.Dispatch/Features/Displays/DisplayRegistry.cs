using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>A display with its keys unsealed, as broker and reconciler need it. Immutable.</summary>
/// <param name="Keys">Of the epoch that the server signs with.</param>
/// <param name="PendingKeys">Of the announced epoch, valid beside <paramref name="Keys"/>.</param>
/// <param name="LostKeys">Of no epoch: for the question of a unit that has lost its memory, and its answer.</param>
/// <param name="Version">Of the row that it was read from.</param>
internal sealed record RegisteredDisplay(int Id, string Code, int CabId, DisplayKeys Keys, DisplayKeys? PendingKeys, DisplayKeys LostKeys, Guid Version)
{
    /// <summary>Constant time in the password; all epochs are compared.</summary>
    public bool IsPassword(ReadOnlySpan<byte> password)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(password, hash);
        return CryptographicOperations.FixedTimeEquals(hash, Keys.PasswordSha256)
            | CryptographicOperations.FixedTimeEquals(hash, (PendingKeys ?? Keys).PasswordSha256)
            | CryptographicOperations.FixedTimeEquals(hash, LostKeys.PasswordSha256);
    }
}

/// <summary>All provisioned displays, in memory because the broker asks at each connection and each message. Thread-safe.</summary>
internal sealed partial class DisplayRegistry(RootKeySeal seal, ILogger<DisplayRegistry> log) : ICabIdentities
{
    private readonly ConcurrentDictionary<string, RegisteredDisplay> _byCode = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, RegisteredDisplay> _byId = new();
    private readonly ConcurrentDictionary<int, string> _held = new();

    /// <summary>A display is new, has other keys, or is none any more. Raised on the thread that put it.</summary>
    public event Action? Changed;

    public event Action<string>? Died;

    /// <summary>
    /// Codes of displays whose root key the key ring cannot open: nothing is signed for them and nothing taken from them, until the right ring is back or
    /// they are provisioned anew. All others go on.
    /// </summary>
    public IReadOnlyCollection<string> Held => [.. _held.Values.Order(StringComparer.Ordinal)];

    /// <summary>Takes up what other servers at the same database have done: displays provisioned, given other keys, moved, taken out.</summary>
    /// <param name="cabIds">Null for all.</param>
    /// <returns>Ids of the displays that are in these cabs.</returns>
    public async Task<IReadOnlySet<int>> RefreshAsync(DispatchContext db, IReadOnlyCollection<int>? cabIds, CancellationToken stop)
    {
        var stored = await db.DisplaysInCabs.Where(display => cabIds == null || cabIds.Contains(display.CabId))
            .ToDictionaryAsync(display => display.Id, display => display.Version, stop);
        var asked = cabIds?.ToHashSet();
        var changed = stored.Where(now => !_byId.TryGetValue(now.Key, out var known) || known.Version != now.Value).Select(now => now.Key);
        var gone = _byId.Values.Where(known => asked?.Contains(known.CabId) != false).Select(known => known.Id)
            .Concat(asked is null ? _held.Keys : []).Where(id => !stored.ContainsKey(id));
        foreach (var ids in changed.Concat(gone).Distinct().Chunk(1_000))
        {
            await foreach (var display in db.Displays.AsNoTracking().Where(display => ids.Contains(display.Id)).AsAsyncEnumerable().WithCancellation(stop))
                Put(display);
        }

        return stored.Keys.ToHashSet();
    }

    /// <summary>Registers a display as the database now has it, holds it, or forgets one that is in no cab. Call after the commit.</summary>
    /// <returns>The identity that has died by it: the unit is in no cab any more, or has another root key. Null if none has.</returns>
    public RegisteredDisplay? Put(Display display)
    {
        var before = _byId.GetValueOrDefault(display.Id);
        Register(display);
        // The keys of no epoch follow from the root key alone.
        var isDead = before is not null
            && !(TryFind(display.Id, out var now) && now.LostKeys.PasswordSha256.AsSpan().SequenceEqual(before.LostKeys.PasswordSha256));
        Changed?.Invoke();
        if (!isDead)
            return null;
        Died?.Invoke(display.Code);
        return before;
    }

    private void Register(Display display)
    {
        if (display.Rest is not null)
        {
            _held.TryRemove(display.Id, out _);
            Forget(display);
            return;
        }
        if (!seal.TryOpen(display, out var rootKey))
        {
            if (_held.TryAdd(display.Id, display.Code))
                LogHeld(display.Code);
            return;
        }

        if (_held.TryRemove(display.Id, out _))
            LogOpened(display.Code);
        var registered = new RegisteredDisplay(
            display.Id, display.Code, display.CabId, DisplayKeys.Derive(rootKey, display.Epoch),
            display.PendingEpoch is { } next ? DisplayKeys.Derive(rootKey, next) : null, DisplayKeys.Derive(rootKey, DisplayKeys.LostEpoch), display.Version);
        CryptographicOperations.ZeroMemory(rootKey);
        (_byCode[display.Code], _byId[display.Id]) = (registered, registered);
    }

    private void Forget(Display display)
    {
        _byCode.TryRemove(display.Code, out _);
        _byId.TryRemove(display.Id, out _);
    }

    /// <inheritdoc cref="Held"/>
    public bool IsHeld(int displayId) => _held.ContainsKey(displayId);

    public bool IsKnown(string displayCode) => _byCode.ContainsKey(displayCode);

    public bool IsPassword(string displayCode, ReadOnlySpan<byte> password) =>
        _byCode.TryGetValue(displayCode, out var display) && display.IsPassword(password);

    public bool TryFind(string code, [NotNullWhen(true)] out RegisteredDisplay? display) => _byCode.TryGetValue(code, out display);

    public bool TryFind(int id, [NotNullWhen(true)] out RegisteredDisplay? display) => _byId.TryGetValue(id, out display);

    [LoggerMessage(4023, LogLevel.Critical,
        "Display {Display} is held: the key ring cannot open its root key. Restore the key ring that was saved with this database, and restart")]
    private partial void LogHeld(string display);

    [LoggerMessage(4024, LogLevel.Warning, "Display {Display} is held no more: the key ring opens its root key")]
    private partial void LogOpened(string display);
}
