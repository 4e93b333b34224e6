package dev.failover.benchmarks.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * A chart with one group of bars for each contender.
 *
 * @param title what it shows
 * @param unit unit of its bars
 * @param categories names of the contenders
 * @param series name and bars of each series, one bar for each contender
 */
public record BarChart(String title, String unit, List<String> categories, Map<String, List<Double>> series) {

	private static final int WIDTH = 1000;

	private static final int HEIGHT = 520;

	/** Bars of one size that can be told apart; larger ones than that share a chart. */
	private static final double LINEAR = 10;

	/**
	 * Write the chart as SVG. Its scale is logarithmic where the bars differ much.
	 * @throws IOException if the file cannot be written
	 */
	public void write(Path file) throws IOException {
		System.setProperty("java.awt.headless", "true");
		CategoryChart chart = new CategoryChartBuilder().width(WIDTH)
			.height(HEIGHT)
			.title(this.title)
			.yAxisTitle(this.unit)
			.theme(ChartTheme.XChart)
			.build();
		chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
		chart.getStyler().setXAxisLabelRotation(30);
		if (logarithmic()) {
			chart.getStyler().setYAxisLogarithmic(true);
			chart.getStyler().setYAxisMin(decadeBelow());
		}
		chart.getStyler().setPlotGridVerticalLinesVisible(false);
		chart.getStyler().setChartBackgroundColor(Color.WHITE);
		this.series.forEach((name, bars) -> chart.addSeries(name, new ArrayList<>(this.categories), bars));
		VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
	}

	boolean logarithmic() {
		List<Double> bars = sorted();
		return !bars.isEmpty() && bars.get(0) > 0 && bars.get(bars.size() - 1) / bars.get(0) > LINEAR;
	}

	/**
	 * Where a logarithmic axis begins: the library would begin at zero.
	 */
	double decadeBelow() {
		return Math.pow(10, Math.floor(Math.log10(sorted().get(0))));
	}

	private List<Double> sorted() {
		return this.series.values().stream().flatMap(List::stream).sorted().toList();
	}

}
