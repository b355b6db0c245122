namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>
/// The four-input converter on the I2C bus. It converts one input at a time, 17.4 ms at most, while the loop goes on: a call fetches one result and
/// starts the next conversion. The first, of <see cref="ConverterInput.AmbientFine"/>, has been started when the port is made.
/// </summary>
internal interface IConverter
{
    /// <summary>Fetches the conversion that was started last, and starts that of <paramref name="next"/>.</summary>
    /// <param name="next">One of <see cref="ConverterInput"/>.</param>
    /// <param name="code">−32,768 to 32,767 steps of the range of the input that was started last; undefined when the answer is false.</param>
    /// <returns>
    /// False when the converter does not answer, has not finished, or does not hold what was started, as after a dip of its supply. The next
    /// conversion has been asked for all the same.
    /// </returns>
    bool TryNext(int next, out int code);
}
