namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>What a program was built with, and takes packages by: who has to have signed them, and what they have to be for.</summary>
internal sealed class Maker
{
    /// <param name="publicKey">The maker's public key, 56 bytes; none where no package is taken.</param>
    /// <param name="runtime">Digest of interpreter and libraries, 32 bytes.</param>
    /// <param name="hardware">Revision of the board.</param>
    /// <param name="version">What the program says that it is; of itself, unless another stands for it.</param>
    public Maker(byte[] publicKey, byte[] runtime, int hardware, string version = "")
    {
        Version = version;
        Key = new LmsKey(publicKey);
        Runtime = runtime;
        Hardware = hardware;
    }

    public LmsKey Key { get; }

    public byte[] Runtime { get; }

    public int Hardware { get; }

    /// <summary>Empty for the program's own.</summary>
    public string Version { get; }

    /// <summary>Of a program that takes no package from anybody.</summary>
    public static Maker None() => new Maker([], [], 0);
}
