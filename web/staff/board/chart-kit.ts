import { BarChart, LineChart, SankeyChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'

/** The parts of ECharts the board draws with; nothing else of it is fetched. The canvas, for its SVG writes style sheets into the page. */
use([
  BarChart,
  LineChart,
  SankeyChart,
  AriaComponent,
  GridComponent,
  TooltipComponent,
  CanvasRenderer,
  LabelLayout,
])

export { init }
