using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// Decides over the head of a package, manifest and signature, before a byte of the image is asked for: is it for this unit, is it not older than what was
/// confirmed, and did the maker sign it. In steps, see <see cref="LmsVerifier"/>.
/// </summary>
internal sealed class PackageCheck
{
    private readonly LmsKey _key;
    private readonly LmsVerifier _verifier;

    public PackageCheck(LmsKey key)
    {
        _key = key;
        _verifier = new LmsVerifier(key);
    }

    /// <summary>Bytes before the image.</summary>
    public int HeadSize => Manifest.Size + _key.SignatureSize;

    /// <summary>What the head says; to be believed once it is <see cref="IsGenuine"/>.</summary>
    public Manifest Manifest { get; } = new Manifest();

    /// <summary>More steps are needed.</summary>
    public bool IsOpen => _verifier.Verdict == Verdict.Open && Refusal == PackageRefusal.None;

    /// <summary>It is for this unit, and the maker signed it.</summary>
    public bool IsGenuine => _verifier.Verdict == Verdict.Genuine && Refusal == PackageRefusal.None;

    /// <summary>Why it is not taken, a <see cref="PackageRefusal"/>.</summary>
    public int Refusal { get; private set; } = PackageRefusal.Form;

    /// <summary>Looks at what costs nothing; <see cref="Step"/> decides on the signature.</summary>
    /// <param name="head">Manifest and signature; must not change until it is decided.</param>
    /// <param name="count">Bytes of it, exactly <see cref="HeadSize"/>.</param>
    /// <param name="hardware">Revision of this board.</param>
    /// <param name="runtime">Digest of interpreter and libraries of this unit.</param>
    /// <param name="floor">Highest anti-rollback number that was confirmed here.</param>
    public void Begin(byte[] head, int count, int hardware, byte[] runtime, uint floor)
    {
        Refusal = count == HeadSize ? Manifest.Read(head, count) : PackageRefusal.Form;
        if (Refusal == PackageRefusal.None) Refusal = Compare(hardware, runtime, floor);
        if (Refusal != PackageRefusal.None) return;

        int verdict = _verifier.Begin(head, Manifest.Size, count - Manifest.Size, head, 0, Manifest.Size);
        if (verdict == Verdict.Refused) Refusal = PackageRefusal.Signature;
    }

    /// <summary>Goes on by a compression of SHA-256; does nothing once it is decided.</summary>
    public void Step()
    {
        if (IsOpen && _verifier.Step() == Verdict.Refused) Refusal = PackageRefusal.Signature;
    }

    private int Compare(int hardware, byte[] runtime, uint floor)
    {
        if (Manifest.Hardware != hardware) return PackageRefusal.Hardware;
        if (!Bytes.AreEqual(Manifest.Runtime, 0, runtime, 0, Manifest.DigestSize)) return PackageRefusal.Runtime;
        return Manifest.Rollback < floor ? PackageRefusal.Rollback : PackageRefusal.None;
    }
}
