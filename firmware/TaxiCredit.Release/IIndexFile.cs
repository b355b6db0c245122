namespace TaxiCredit.Release;

/// <summary>A file that only grows.</summary>
internal interface IIndexFile
{
    byte[] Read();

    /// <summary>Returns once it cannot be lost by a crash or a power cut; one in between leaves any part of it, or none.</summary>
    void Append(byte[] bytes);
}
