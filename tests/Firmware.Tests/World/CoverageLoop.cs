using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Firmware.Tests.World;

/// <summary>
/// Coverage-guided mutation in one process, with a seed: an input that takes a branch, or takes it as often as no other
/// before, is mutated further. SharpFuzz marks the branches; its own drivers are left out, as AFL and libFuzzer are programs
/// that a run of the tests cannot count on, and neither repeats itself.
/// </summary>
internal sealed class CoverageLoop
{
    private const int MapSize = 65536;

    private readonly byte[] _map = new byte[MapSize];
    private readonly byte[] _zeros = new byte[MapSize];
    private readonly byte[] _seen = new byte[MapSize];
    private readonly List<byte[]> _corpus = [];
    private readonly Action<byte[]> _target;
    private readonly Random _chance;
    private readonly nint _shared = Marshal.AllocHGlobal(MapSize);

    public CoverageLoop(Action<byte[]> target, int seed)
    {
        _target = target;
        _chance = new Random(seed);
        typeof(Trace).GetField(nameof(Trace.SharedMem))!.SetValue(null, _shared);
    }

    /// <summary>Inputs that found something new, the given ones included.</summary>
    public int Interesting => _corpus.Count;

    public int Branches => _seen.Count(hits => hits != 0);

    /// <summary>Feeds the good inputs, and then what becomes of them.</summary>
    public void Run(IEnumerable<byte[]> good, int count)
    {
        foreach (byte[] input in good) Feed(input, -1);
        Assert.IsNotEmpty(_corpus);
        for (int i = 0; i < count; i++) Feed(Mutator.Mutate(_corpus[_chance.Next(_corpus.Count)], _chance), i);
    }

    private void Feed(byte[] input, int number)
    {
        Marshal.Copy(_zeros, 0, _shared, MapSize);
        Trace.PrevLocation = 0;
        try
        {
            _target(input);
        }
        catch (Exception e)
        {
            throw new AssertFailedException($"input {number}: {Convert.ToHexString(input)}: {e.Message}", e);
        }

        Marshal.Copy(_shared, _map, 0, MapSize);
        if (IsNew()) _corpus.Add(input);
    }

    private bool IsNew()
    {
        bool isNew = false;
        for (int i = _map.AsSpan().IndexOfAnyExcept((byte)0); i >= 0;)
        {
            byte times = Class(_map[i]);
            isNew |= (_seen[i] & times) == 0;
            _seen[i] |= times;
            int next = _map.AsSpan(i + 1).IndexOfAnyExcept((byte)0);
            i = next < 0 ? next : i + 1 + next;
        }

        return isNew;
    }

    /// <summary>1, 2, 3, 4 to 7, 8 to 15 and so on, one bit each, as AFL has it.</summary>
    private static byte Class(byte hits) => hits switch
    {
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
