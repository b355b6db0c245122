using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Machine;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>Makes files of the rows of the part <c>photos</c>.</summary>
internal sealed class PhotoRows
{
    private string _last = "";

    public long Count { get; private set; }

    /// <exception cref="InvalidDataException">A name that no photo of this program has, or one twice.</exception>
    public void Store(ArchivePart part, DataFolder making)
    {
        if (part.Head.Columns is not [{ Name: "File" }, { Name: "Content" }])
            throw new InvalidDataException($"{part.Name} has other columns than File and Content.");
        RowReader.Read(part, values =>
        {
            if (values is not [string name, byte[] content] || !ArchiveForm.IsPhoto(name) || string.CompareOrdinal(name, _last) <= 0)
                throw new InvalidDataException($"{part.Name} has a file '{values[0]}': no photo is called so, or it is out of order.");
            Directory.CreateDirectory(making.Photos);
            PrivateFile.Write(Path.Combine(making.Photos, name), content);
            (_last, Count) = (name, Count + 1);
        });
    }
}
