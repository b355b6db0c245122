namespace Firmware.Tests.World;

/// <summary>Makes hostile input of good.</summary>
internal static class Mutator
{
    /// <summary>One to five changes: bits, bytes, signs that JSON knows, cuts, repetitions, floods.</summary>
    public static byte[] Mutate(byte[] seed, Random chance)
    {
        var bytes = new List<byte>(seed);
        for (int changes = chance.Next(1, 6); changes > 0; changes--)
        {
            int at = chance.Next(bytes.Count + 1);
            switch (chance.Next(7))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << chance.Next(8)); break;
                case 1 when at < bytes.Count: bytes[at] = (byte)chance.Next(256); break;
                case 2: bytes.Insert(at, (byte)"{}[]\",:\\u0019-+eE.tfn\0\n"[chance.Next(23)]); break;
                case 3 when at < bytes.Count: bytes.RemoveRange(at, Math.Min(chance.Next(1, 20), bytes.Count - at)); break;
                case 4: bytes.InsertRange(at, seed.Skip(chance.Next(seed.Length)).Take(chance.Next(40))); break;
                case 5: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.InsertRange(at, Enumerable.Repeat((byte)chance.Next(256), chance.Next(300))); break;
            }
        }

        return [.. bytes];
    }
}
