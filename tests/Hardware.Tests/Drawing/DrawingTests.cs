using TaxiCredit.Hardware.Tests.Files;

namespace TaxiCredit.Hardware.Tests.Drawing;

[TestClass]
public class DrawingTests
{
    [TestMethod]
    public void Schematic_DrawnAgain_EqualsCommittedFiles()
    {
        foreach (var (file, content) in new Project(Repository.Hardware).Files())
        {
            string path = Path.Combine(Repository.Kicad, file);
            if (Repository.Regenerating)
                File.WriteAllText(path, content);
            Assert.AreEqual(content, File.ReadAllText(path), $"{file} differs from its drawing; run with REGENERATE=1");
        }
    }
}
