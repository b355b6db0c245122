using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>Gives each reference its fields from bom.csv, so that the parts list and the schematic agree.</summary>
internal sealed class PartCatalogue
{
    private readonly Dictionary<string, PartFields> _byReference = [];

    public PartCatalogue(string hardwareFolder)
    {
        foreach (var row in Csv.Read(Path.Combine(hardwareFolder, "bom.csv")))
            foreach (string reference in row["refs"].Split(' '))
                _byReference[reference] = new PartFields(row["value"], row["footprint"], row["datasheet"], row["mpn"],
                    row["manufacturer"], Fitted: row["fit"] == "yes");
    }

    public PartFields FieldsOf(string reference, string symbol)
    {
        // Bare copper is not a purchased part.
        if (symbol == "TestPoint")
            return new PartFields("TestPoint", "TestPoint:TestPoint_Pad_D1.5mm", InBom: false);
        if (symbol == "Jumper_Open")
            return new PartFields("open", "Jumper:SolderJumper-2_P1.3mm_Open_RoundedPad1.0x1.5mm", InBom: false);
        string first = reference.Replace("{n}", "1", StringComparison.Ordinal);
        return _byReference.TryGetValue(first, out var fields) ? fields : throw new KeyNotFoundException($"{first} is not in bom.csv");
    }
}
