namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>A set of numbers from 1 on, a bit for each: ten million take 1.2 MB.</summary>
internal sealed class Bits
{
    private ulong[] _words = new ulong[1024];

    public long Count { get; private set; }

    public bool Contains(long number) => number >= 0 && number >> 6 < _words.Length && (_words[number >> 6] & Mask(number)) != 0;

    /// <param name="number">1 to 10^10.</param>
    public void Add(long number)
    {
        if (Contains(number))
            return;
        if (number >> 6 >= _words.Length)
            Array.Resize(ref _words, (int)Math.Max(2L * _words.Length, (number >> 6) + 1));
        _words[number >> 6] |= Mask(number);
        Count++;
    }

    /// <returns>False if it was not there.</returns>
    public bool Remove(long number)
    {
        if (!Contains(number))
            return false;
        _words[number >> 6] &= ~Mask(number);
        Count--;
        return true;
    }

    public IEnumerable<long> Numbers()
    {
        for (var word = 0L; word < _words.Length; word++)
        {
            for (var bit = 0; _words[word] != 0 && bit < 64; bit++)
            {
                if (Contains((word << 6) + bit))
                    yield return (word << 6) + bit;
            }
        }
    }

    private static ulong Mask(long number) => 1UL << (int)(number & 63);
}
